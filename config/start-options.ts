import { UsageError } from '../common/errors';
import { urlWithQuery } from '../common/urls';
import type { RunOptions } from '../schemas/run-options';
import type { Resolver } from './resolve-option';

/**
 * Reads from the options how to start the target.
 * @param hasTarget whether the options name a target
 * @returns undefined if they don't say it
 * @throws UsageError that names the flag or key
 */
export function startOf(option: Resolver, hasTarget: boolean): RunOptions['start'] {
  const [command, url, cwd, env] = [
    option('start.command'),
    option('start.url'),
    option('start.cwd'),
    option('start.env'),
  ];
  const timeout = option('start.timeoutMs');
  if (command === undefined) {
    const rest = [url, cwd, env, timeout].find((given) => given !== undefined && given.origin.from !== 'default');
    if (rest) throw new UsageError(`${rest.origin.name} without a command: give --start COMMAND, or start.command`);
    return undefined;
  }
  if (command.value.trim() === '') throw new UsageError(`${command.origin.name} must be a command; it is empty`);
  if (!hasTarget) {
    throw new UsageError(`${command.origin.name} without a target: give --target URL or INVITE_TARGET`);
  }
  return {
    command: command.value,
    ...(url ? { url: urlWithQuery(url.value, url.origin.name) } : {}),
    ...(cwd ? { cwd: cwd.value } : {}),
    ...(env ? { env: env.value } : {}),
    timeoutMs: timeout.value,
  };
}
