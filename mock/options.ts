import { nearest } from '../common/nearest';

/** The longest latency that a mock can be given, ms: no run waits that long for anything. */
const MOST_LATENCY = 3_600_000;

type Test = readonly [allowed: string, is: (value: unknown) => boolean];

const isIds = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumber = (value: unknown, most: number): boolean => typeof value === 'number' && value >= 0 && value <= most;
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const COMMON: Readonly<Record<string, Test>> = {
  latencyMs: [`a number from 0 to ${MOST_LATENCY}`, (value) => isNumber(value, MOST_LATENCY)],
  faults: ['an array of ids', isIds],
  variants: ['an array of ids', isIds],
  allowRemoteCallbacks: ['true or false', (value) => typeof value === 'boolean'],
};

const OWN: Readonly<Record<string, Test>> = {
  url: ['an http or https URL', isUrl],
  port: ['an integer from 0 to 65535', (value) => isNumber(value, 65_535) && Number.isInteger(value)],
  host: ['an address or a name', (value) => typeof value === 'string' && value !== ''],
};

/**
 * Holds options against what a mock can be told.
 * @param own the options it takes beside those that every mock takes
 * @throws Error that names the option, and what it may be
 */
export function checkOptions(options: object, own: readonly ('url' | 'port' | 'host')[]): void {
  const known = new Map([
    ...Object.entries(COMMON),
    ...own.map((name): [string, Test | undefined] => [name, OWN[name]]),
  ]);
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const test = known.get(name);
    if (!test) {
      const names = [...known.keys()];
      const near = nearest(name, names);
      const hint = near === undefined ? '.' : `: did you mean "${near}"?`;
      throw new Error(`The mock has no option "${name}"${hint} It takes ${names.join(', ')}.`);
    }
    const [allowed, is] = test;
    if (value !== undefined && !is(value)) throw new Error(`The mock's option ${name} has to be ${allowed}.`);
  }
}
