import { UsageError } from '../common/errors';
import { baseUrl, urlWithQuery } from '../common/urls';
import type { ConfigFile } from '../schemas/options';
import type { MockGivenOptions, RunOptions } from '../schemas/run-options';
import { readToken, type Tokens } from '../target/tokens';
import type { Resolver } from './resolve-option';
import { tlsOf } from './tls-options';

async function tokensOf(option: Resolver, env: NodeJS.ProcessEnv, signal: AbortSignal | undefined): Promise<Tokens> {
  const tokens: Tokens = {};
  for (const name of ['valid', 'withoutPermission', 'delegated'] as const) {
    const given = option(`tokens.${name}`);
    if (!given) continue;
    const token = await readToken(given.value, given.origin.name, env, signal);
    const same = Object.entries(tokens).find(([, other]) => other === token)?.[0];
    if (same !== undefined) {
      throw new UsageError(
        `${given.origin.name} is the same token as tokens.${same}: a service that is right would fail; give another token, or leave it out`,
      );
    }
    tokens[name] = token;
  }
  return tokens;
}

function provisioningOf(option: Resolver): RunOptions['provisioning'] {
  const states = option('provisioning.states');
  if (states) return { states: urlWithQuery(states.value, states.origin.name) };
  const calls = option('provisioning.calls');
  if (calls) return { calls: calls.value };
  const prepared = option('provisioning.static');
  if (prepared) return { static: prepared.value };
  throw new UsageError(
    'the suite needs a way to get calls of the target: give --states URL (or INVITE_STATES), or provisioning.states, provisioning.calls or provisioning.static in the config',
  );
}

/** Options that require a target: with them, judging the mock instead would be a mistake. */
function orphanOf(option: Resolver, file: ConfigFile): string | undefined {
  const token = option('tokens.valid');
  if (token?.origin.from === 'flag') return token.origin.name;
  const states = option('provisioning.states');
  return states?.origin.name ?? (file.provisioning ? 'provisioning' : file.tls ? 'tls' : undefined);
}

/**
 * The target in the options, with the access to it.
 * @param signal ends slow steps: fetching a token, reading a file
 * @returns undefined if they name none
 * @throws UsageError that names the flag, the variable or the key
 * @throws Interrupted if the signal is aborted first
 */
export async function accessOf(
  option: Resolver,
  file: ConfigFile,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<(MockGivenOptions & Pick<RunOptions, 'tls'>) | undefined> {
  const target = option('target');
  if (target === undefined) {
    const orphan = orphanOf(option, file);
    if (orphan !== undefined) throw new UsageError(`${orphan} without a target: give --target URL or INVITE_TARGET`);
    return undefined;
  }
  // Before fetching a token, which may take long.
  const base = baseUrl(target.value, target.origin.name);
  const provisioning = provisioningOf(option);
  const urls = [base, 'states' in provisioning ? provisioning.states : ''];
  const tls = await tlsOf(option, env, urls, signal);
  const phone = option('invitees.phone');
  return {
    target: base,
    ...(tls ? { tls } : {}),
    tokens: await tokensOf(option, env, signal),
    provisioning,
    invitees: { ...file.invitees, ...(phone ? { phone: phone.value } : {}) },
    allowPstn: option('allowPstn').value,
  };
}
