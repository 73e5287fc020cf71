import { join } from 'node:path';
import { stringify } from 'yaml';
import { whole } from '../config/settings';
import { writeReport } from '../reporters';
import { print } from './output';
import { INVITATIONS_A_CALL } from '../suites/load';

export interface LoadScriptFlags {
  load?: string;
  rate?: string;
  out?: string;
}

function script(count: number, rate: number): string {
  const calls = rate / INVITATIONS_A_CALL;
  return stringify({
    config: {
      target: '{{ $env.INVITE_TARGET }}',
      processor: './processor.cjs',
      // Each arrival is a call with eight invitations.
      phases: [{ duration: Math.max(1, Math.ceil(count / rate)), arrivalRate: Math.max(1, Math.round(calls)) }],
    },
    scenarios: [{ name: 'participant: invite', flow: [{ function: 'inviteToOneCall' }] }],
  });
}

/** `load-script`: writes the load run as a script for Artillery, whose distributed modes bring in more machines. */
export function loadScript(flags: LoadScriptFlags): number {
  const count = whole(flags.load, '--load', 1, 100_000_000) ?? 10_000;
  const rate = whole(flags.rate, '--rate', INVITATIONS_A_CALL, 1_000_000) ?? 200;
  const folder = flags.out ?? 'load-script';
  writeReport(join(folder, 'invite.yml'), script(count, rate));
  writeReport(join(folder, 'processor.cjs'), "module.exports = require('invite-conformance/artillery');\n");
  print(
    [
      `Wrote ${join(folder, 'invite.yml')} and processor.cjs: ${count} invitations, ${rate} a second. Next, as docs/load.md says:`,
      '  invite-conformance listen --out listener --callback-host … --callback-url …   # on one machine; prints {"url", "ready"}',
      '  INVITE_LISTENER=<ready> INVITE_HISTORIES=histories INVITE_TARGET=… INVITE_STATES=… INVITE_TOKEN=… artillery run invite.yml',
      '  invite-conformance judge listener histories/*',
      '',
    ].join('\n'),
  );
  return 0;
}
