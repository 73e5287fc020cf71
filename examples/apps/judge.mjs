// Tests applications in this process: node judge.mjs express (or fastify, koa, hono, http)
import { render, runConformance } from 'invite-conformance';
import { tokens } from './calls.mjs';

for (const name of process.argv.slice(2)) {
  const { target } = await import(`./${name}.mjs`);
  const result = await runConformance({
    target,
    provisioning: { states: '/states' },
    tokens,
    // The service cannot dial phones or replace calls: these behaviours do not apply.
    capabilities: { pstn: false, replace: false },
    contracts: false,
    gate: 'linked',
  });
  console.log(name, render(result, 'console'));
  process.exitCode ||= result.exitCode;
}
