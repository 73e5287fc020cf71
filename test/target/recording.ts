import type { HistoryEvent } from '../../history/events';
import { Recorder } from '../../history/recorder';
import { redactor } from '../../history/redact';
import { createClient, type Client, type TargetRequest } from '../../target/client';

/** A recorder of a run with an empty plan. */
export function aRecorder(secrets: readonly string[] = [], sink?: (event: unknown) => void): Recorder {
  const header = {
    kind: 'header' as const,
    format: 1 as const,
    suiteVersion: '0',
    catalogDigest: '0',
    target: 'http://127.0.0.1',
    startedAt: '2030-01-01T00:00:00.000Z',
    timeoutMs: 1000,
    quietMs: 0,
    roundTripMs: 1,
    plan: [],
  };
  return new Recorder(header, redactor(secrets), sink);
}

/** A client with its own recorder, and a timeout that a busy machine meets. */
export function aClient(options: { timeoutMs?: number; concurrency?: number; secrets?: string[] } = {}): {
  client: Client;
  recorder: Recorder;
} {
  const { timeoutMs = 10_000, concurrency = 8, secrets = [] } = options;
  const recorder = aRecorder(secrets);
  return { client: createClient({ recorder, timeoutMs, concurrency }), recorder };
}

/** A GET by default. */
export function sending(url: string, options: Partial<TargetRequest> = {}): TargetRequest {
  return { method: 'GET', url, headers: {}, purpose: 'probe', scenario: '', ...options };
}

/** The events of one kind. */
export function ofKind<K extends HistoryEvent['kind']>(
  recorder: Recorder,
  kind: K,
): Extract<HistoryEvent, { kind: K }>[] {
  return recorder.history().events.filter((event): event is Extract<HistoryEvent, { kind: K }> => event.kind === kind);
}
