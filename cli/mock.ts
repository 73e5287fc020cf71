import type { MockFlags } from './flags';
import { print } from './output';
import { UsageError } from '../target/errors';

/** `mock`: serves until it is told to stop; prints one JSON line when it listens. */
export async function mock(flags: MockFlags): Promise<number> {
  const { startMock } = await import('../mock/index.js');
  const { port, latencyMs, fault: faults = [], variant: variants = [] } = flags;
  const started = await startMock({ port, latencyMs, faults, variants }).catch((error: unknown) => {
    const { code, message } = error as { code?: string; message?: string };
    throw new UsageError(
      code === 'EADDRINUSE'
        ? `--port: ${port} is taken; choose another, or 0 for any that is free`
        : (message ?? String(error)),
    );
  });
  const { url, states, tokens } = started;
  print(`${JSON.stringify({ url, states, tokens })}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
  await started.close();
  return 0;
}
