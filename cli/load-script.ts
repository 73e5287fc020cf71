import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeReport } from '../reporters';
import type { LoadScriptFlags } from './flags';
import { printOutput } from './output';
import { INVITATIONS_PER_CALL } from '../suites/load-run';

function script(count: number, rate: number): string {
  const calls = rate / INVITATIONS_PER_CALL;
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

/** `load-script`: writes the load run as an Artillery script, which can be distributed over several machines. */
export function loadScript({ load: count, rate, out: folder }: LoadScriptFlags): number {
  writeReport(join(folder, 'invite.yml'), script(count, rate));
  writeReport(join(folder, 'processor.cjs'), "module.exports = require('invite-conformance/artillery');\n");
  printOutput(
    [
      `Wrote ${join(folder, 'invite.yml')} and processor.cjs: ${count} invitations, ${rate} a second. Next, as docs/load.md says:`,
      '  invite-conformance listen --out listener --callback-host … --callback-url …   # on one machine; prints {"url", "ready"}',
      '  INVITE_LISTENER=<ready> INVITE_HISTORIES=histories INVITE_TARGET=… INVITE_STATES=… INVITE_TOKEN=… artillery run invite.yml',
      '  invite-conformance judge listener histories/*',
      'If the target needs certificates, set INVITE_TLS_CERT, INVITE_TLS_KEY, INVITE_TLS_CA and INVITE_TLS_SERVER_NAME, or tls in the config, for listener and senders.',
      "tls is not used for the listener: trust its certificate with NODE_EXTRA_CA_CERTS. Artillery ends with 0 even if a sender can't begin; judge's exit code is the gate.",
      '',
    ].join('\n'),
  );
  return 0;
}
