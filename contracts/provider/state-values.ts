import { valueOf } from '../../behaviors/finding-values';
import { member } from '../../history/values';
import type { ContractMismatch } from '../../verdicts/contract-result';

/** The steps of a plain JSON path such as `$.participants[0]['@odata.type']`; undefined for one with wildcards. */
function stepsOf(path: string): string[] | undefined {
  const steps = [...path.slice(1).matchAll(/\.([\w$-]+)|\[(\d+)\]|\['([^']*)'\]/g)];
  const whole = steps.reduce((length, [step]) => length + step.length, 1);
  return whole === path.length ? steps.map(([, name, index, quoted]) => name ?? index ?? quoted ?? '') : undefined;
}

function at(body: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (Array.isArray(value) ? (value[Number(step)] as unknown) : member(value, step)),
    body,
  );
}

/**
 * Holds what a contract takes from a provider state against what the state gave: the Verifier puts such values into what
 * it sends, but compares no more than types in what comes back.
 * @param expressions such as `${userId}`, by JSON path
 */
export function stateValueMismatches(
  body: unknown,
  expressions: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): ContractMismatch[] {
  return Object.entries(expressions).flatMap(([path, expression]): ContractMismatch[] => {
    const name = /^\$\{(\w+)\}$/.exec(expression)?.[1];
    const steps = stepsOf(path);
    const stated = name === undefined ? undefined : values[name];
    if (steps === undefined || stated === undefined) return [];
    const found = at(body, steps);
    // What is not there, or is no string, the Verifier tells.
    if (typeof found !== 'string' || found === stated) return [];
    return [{ part: 'body', path, expected: valueOf(stated), observed: valueOf(found) }];
  });
}
