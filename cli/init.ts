import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { writeText } from '../common/write-file';
import { checkAnswers, configTemplate, type Answers } from '../config/config-template';
import type { InitFlags } from './flags';
import { printOutput } from './output';
import { UsageError } from '../target/errors';

const FILE = 'invite-conformance.config.yaml';

async function ask(flags: InitFlags): Promise<Answers> {
  const defaults = { target: 'http://localhost:8080/v1.0', tokenVariable: 'INVITE_TOKEN' };
  if (!process.stdin.isTTY) {
    const { target = defaults.target, states, tokenVariable = defaults.tokenVariable, phone, without = [] } = flags;
    return { target, tokenVariable, ...(states ? { states } : {}), ...(phone ? { phone } : {}), without };
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const line = async (question: string, otherwise: string): Promise<string> =>
    (await prompt.question(`${question} [${otherwise || 'none'}] `)).trim() || otherwise;
  try {
    const target =
      flags.target ?? (await line('Base URL of the target, to which /communications/calls is added', defaults.target));
    const states =
      flags.states ??
      (await line(
        "URL of the target's provider-states endpoint (leave empty to create calls by the documented request)",
        '',
      ));
    const tokenVariable =
      flags.tokenVariable ??
      (await line('Environment variable that will hold the valid token', defaults.tokenVariable));
    const phone = flags.phone ?? (await line('Phone number of your own that may be dialled, such as +12345678901', ''));
    const without =
      flags.without ??
      (await line('Capabilities that the target does not have (pstn, replace, multiple, failure, move)', '')).split(
        /[\s,]+/,
      );
    return {
      target,
      tokenVariable,
      ...(states ? { states } : {}),
      ...(phone ? { phone } : {}),
      without: without.filter((name) => name !== ''),
    };
  } finally {
    prompt.close();
  }
}

/** `init`: writes a commented config, from questions or, without a terminal, from flags. */
export async function init(flags: InitFlags): Promise<number> {
  if (existsSync(FILE) && flags.force !== true) throw new UsageError(`${FILE} exists; --force overwrites it`);
  const answers = await ask(flags);
  checkAnswers(answers);
  const content = configTemplate(answers);
  writeText(FILE, content);
  printOutput(
    `Wrote ${FILE}. Next: set the environment variable ${answers.tokenVariable}, then run invite-conformance doctor\n`,
  );
  return 0;
}
