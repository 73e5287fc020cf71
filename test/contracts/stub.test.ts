import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

test('npm run stub answers from the contract alone', async () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { stub: string } };
  const [command = '', ...args] = scripts.stub.split(' ');
  const child = spawn(join(ROOT, 'node_modules/.bin', command), args, {
    cwd: ROOT,
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /Server started on port (\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`the stub ended with ${code}`)));
    });
    const url = `http://127.0.0.1:${port}/communications/calls/ab6233a5-20b7-4c5e-bea2-ce56c9776429/participants/invite`;
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer any' };
    const nobody = await fetch(url, {
      method: 'POST',
      headers,
      body: '{"clientContext":"f2fa86af-3c51-4bc2-8fc0-475452d9764f"}',
    });
    expect(nobody.status).toBe(400);
    expect(await nobody.json()).toHaveProperty('error.code');
    const other = await fetch(url, { headers });
    expect(other.status).toBe(404);
  } finally {
    // The package's launcher starts the stub as its child.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }
}, 120_000);
