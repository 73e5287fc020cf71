import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf, UsageError } from '../common/errors';
import { readText, MAX_TEXT_BYTES } from '../common/read-file';
import { didYouMean } from '../common/nearest-name';
import { checkWritable, WriteError, writeText } from '../common/write-file';
import type { Mock, MockOptions, MockTls, MockTokens } from '../mock';
import { MOCK_PHONE } from '../api/embedded-mock';
import type { MockFlags } from './flags';
import { interruptible } from './interrupt';
import { mockList } from './mock-list';
import { notificationLine, requestLine } from './mock-log';
import { editionFrom } from './options';
import { printOutput, printMessage } from './output';
import { runGroup } from '../common/process-group';

const TOKEN_NAMES = ['valid', 'withoutPermission', 'delegated'] as const;
const TOKEN_VARIABLES = {
  valid: 'INVITE_MOCK_TOKEN',
  withoutPermission: 'INVITE_MOCK_TOKEN_WITHOUT_PERMISSION',
  delegated: 'INVITE_MOCK_TOKEN_DELEGATED',
} as const;

/** The addresses that other machines can't reach. */
const LOOPBACK = /^(127\.|\[?::1\]?$|localhost$)/i;
const EVERYWHERE = /^(0\.0\.0\.0|\[?::\]?)$/;

function tokensOf(flags: readonly string[], env: NodeJS.ProcessEnv): Partial<MockTokens> {
  const tokens: Partial<MockTokens> = {};
  for (const name of TOKEN_NAMES) {
    const value = env[TOKEN_VARIABLES[name]] ?? '';
    if (value !== '') tokens[name] = value;
  }
  for (const flag of flags) {
    const [, given = flag, value] = /^([^=]*)=(.*)$/s.exec(flag) ?? [];
    const name = TOKEN_NAMES.find((one) => one === given);
    if (!name) {
      throw new UsageError(
        `--token: no ${JSON.stringify(given)}${didYouMean(given, TOKEN_NAMES)} Known: ${TOKEN_NAMES.join(', ')}`,
      );
    }
    if (value === undefined) throw new UsageError(`--token ${name}: write --token ${name}=VALUE, with a made-up VALUE`);
    tokens[name] = value;
  }
  return tokens;
}

async function tlsOf(flags: MockFlags): Promise<MockTls> {
  const { tls = false, tlsName = [], caFile, cert, key } = flags;
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${cert === undefined ? '--key without --cert' : '--cert without --key'}: https needs both`);
  }
  if (cert !== undefined && key !== undefined) {
    const [own] = [...(caFile === undefined ? [] : ['--ca-file']), ...(tlsName.length > 0 ? ['--tls-name'] : [])];
    if (own !== undefined)
      throw new UsageError(`${own} changes the certificate that --tls generates; leave out --cert and --key`);
    return {
      cert: await readText(cert, '--cert', { cap: MAX_TEXT_BYTES }),
      key: await readText(key, '--key', { cap: MAX_TEXT_BYTES }),
    };
  }
  if (!tls && caFile !== undefined) throw new UsageError('--ca-file without --tls: http has no certificate');
  if (!tls && tlsName.length > 0) throw new UsageError('--tls-name without --tls: http has no certificate');
  return tls ? { names: tlsName } : false;
}

async function optionsOf(flags: MockFlags, env: NodeJS.ProcessEnv): Promise<MockOptions> {
  return {
    edition: editionFrom(flags),
    port: flags.port,
    host: flags.host,
    latencyMs: flags.latencyMs,
    faults: flags.fault ?? [],
    variants: flags.variant ?? [],
    allowRemoteCallbacks: flags.allowRemoteCallbacks ?? false,
    tokens: tokensOf(flags.token ?? [], env),
    tls: await tlsOf(flags),
    record: false,
    ...(flags.log === true
      ? {
          onRequest: (request) => printMessage(`${requestLine(request)}\n`),
          onNotification: (notification) => printMessage(`${notificationLine(notification)}\n`),
        }
      : {}),
  };
}

/** The file with the certificate of the mock's authority, for clients to trust. */
interface CaFile {
  path: string;
  remove: () => void;
}

/** @throws WriteError if the machine's folder for temporary files can't be used */
function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'invite-conformance-mock-'));
  } catch (error) {
    throw new WriteError(`can't write to the temporary folder ${tmpdir()}: ${reasonOf(error)}; TMPDIR sets another`);
  }
}

function writeCa(ca: string, file: string | undefined): CaFile {
  if (file !== undefined) {
    writeText(file, ca);
    return { path: file, remove: () => undefined };
  }
  const folder = temporaryFolder();
  const path = join(folder, 'ca.pem');
  writeText(path, ca);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Prints a message if other machines can reach the mock. */
function reportReach({ url }: Mock, { host, allowRemoteCallbacks = false }: MockFlags): void {
  if (LOOPBACK.test(host)) return;
  const elsewhere = new URL(url);
  if (EVERYWHERE.test(host)) {
    elsewhere.hostname = hostname();
    printMessage(`The mock listens on every address of this machine; other machines reach it at ${elsewhere.href}\n`);
  }
  printMessage('Every machine that reaches the mock can use it: its states endpoint requires no token.\n');
  if (!allowRemoteCallbacks)
    printMessage('Callback URLs on other machines are refused; --allow-remote-callbacks allows them.\n');
}

/** The environment of a program that runs with the mock: the variables in which the suite itself expects a target. */
function environmentFor({ url, states, tokens, ca }: Mock, caFile: CaFile | undefined): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^INVITE_(TLS|MOCK_TOKEN)/.test(name));
  return {
    ...Object.fromEntries(others),
    INVITE_TARGET: url,
    INVITE_STATES: states,
    INVITE_TOKEN: tokens.valid,
    INVITE_TOKEN_WITHOUT_PERMISSION: tokens.withoutPermission,
    INVITE_TOKEN_DELEGATED: tokens.delegated,
    // An unassigned number, so that the command never dials another one with --allow-pstn.
    INVITE_PHONE: MOCK_PHONE,
    ...(caFile && { INVITE_TLS_CA: ca, INVITE_TLS_CA_FILE: caFile.path, NODE_EXTRA_CA_CERTS: caFile.path }),
  };
}

async function untilInterrupted(): Promise<void> {
  await interruptible(
    async (signal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      }),
  );
}

/** The flags of the mock's options. */
const FLAG_OF: Readonly<Record<string, string>> = { host: '--host', tokens: '--token', tls: '--cert with --key' };

async function start(flags: MockFlags): Promise<Mock> {
  const { startMock } = await import('../mock/index.js');
  const options = await optionsOf(flags, process.env);
  return startMock(options).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const ofFlag = message.replace(/^The mock's option (\w+)/, (all, name: string) => FLAG_OF[name] ?? all);
    // What only code can give is left out.
    throw new UsageError(ofFlag.replace(/, \{ names \}, true or false\.$/, '.'));
  });
}

/**
 * `mock`: serves until it is stopped, and prints one JSON line when it is ready; or serves while a command runs.
 * @param command a program and its arguments; may be empty
 * @returns 0, or the command's exit code
 * @throws UsageError for invalid flags
 */
export async function mock(flags: MockFlags, command: readonly string[]): Promise<number> {
  if (flags.list === true) {
    const { mockCatalog } = await import('../mock/index.js');
    printOutput(mockList(mockCatalog(editionFrom(flags)), flags));
    return 0;
  }
  for (const name of ['json', 'area'] as const) {
    if (flags[name] !== undefined) throw new UsageError(`--${name} without --list`);
  }
  if (flags.caFile !== undefined) checkWritable(flags.caFile);
  const started = await start(flags);
  let caFile: CaFile | undefined;
  try {
    caFile = started.ca === undefined ? undefined : writeCa(started.ca, flags.caFile);
    reportReach(started, flags);
    if (command.length > 0) return await runGroup(command, environmentFor(started, caFile));
    const { url, states, tokens } = started;
    printOutput(`${JSON.stringify({ url, states, tokens, ...(caFile && { ca: caFile.path }) })}\n`);
    await untilInterrupted();
    return 0;
  } finally {
    await started.close();
    caFile?.remove();
  }
}
