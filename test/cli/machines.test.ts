import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bench, showsStack } from './command';

const { command, inProcess, everythingWritten, folder } = bench();

test('load-script writes a script that Artillery accepts, with eight invitations per arrival', async () => {
  const { code, stdout } = await inProcess(['load-script', '--load', '4000', '--rate', '160', '--out', 'script']);
  expect(code).toBe(0);
  expect(stdout).toContain('invite-conformance judge listener histories/*');
  expect(parse(readFileSync(join(folder(), 'script/invite.yml'), 'utf8'))).toMatchObject({
    config: { processor: './processor.cjs', phases: [{ duration: 25, arrivalRate: 20 }] },
    scenarios: [{ flow: [{ function: 'inviteToOneCall' }] }],
  });
  const processor = readFileSync(join(folder(), 'script/processor.cjs'), 'utf8');
  expect(processor).toContain("require('invite-conformance/artillery')");
});

test('listen prints its address, records deliveries, and is not judged as a run by itself', async () => {
  let told: { url: string; ready: string } | undefined;
  const { code } = await command(['listen', '--out', 'listener'], {
    started: (child) => {
      child.stdout.once('data', (chunk: Buffer) => {
        told = JSON.parse(chunk.toString('utf8')) as { url: string; ready: string };
        const sent = fetch(`${told.url}/somebody`, { method: 'POST', body: 'x' });
        void Promise.all([sent, fetch(told.ready)]).then(([, ready]) => {
          if (Number(ready.headers.get('x-listener-clock')) > 0) child.kill('SIGTERM');
        });
      });
    },
  });
  expect(code).toBe(0);
  expect(told?.ready.startsWith(told.url)).toBe(true);
  const lines = readFileSync(join(folder(), 'listener/history.ndjson'), 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['header', 'delivery', 'end']);
  const alone = await inProcess(['judge', 'listener']);
  expect(alone.code).toBe(2);
  expect(alone.stderr).toContain('part of a load run on several machines');
  expect(showsStack(everythingWritten())).toBe(false);
});
