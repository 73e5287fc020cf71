import { valueOf } from '../../behaviors/finding-values';
import { member } from '../../history/values';
import type { ContractMismatch } from '../../verdicts/contract-result';

/** Splits a plain JSON path such as `$.participants[0]['@odata.type']`; undefined for one with wildcards. */
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
 * Compares values of a provider state with the target's message: the Verifier inserts them into requests, but compares
 * only their types in responses.
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
    // The Verifier reports missing values and other types.
    if (typeof found !== 'string' || found === stated) return [];
    return [{ part: 'body', path, expected: valueOf(stated), observed: valueOf(found) }];
  });
}
