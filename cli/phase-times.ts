import { performance } from 'node:perf_hooks';

/** Measures the phases of a command; they follow each other without a gap. */
export class PhaseTimes {
  private readonly phases: { name: string; from: number }[] = [{ name: 'start', from: 0 }];

  /** Begins a phase and ends the previous one. The first, `start`, began with the process. */
  begin(name: string): void {
    this.phases.push({ name, from: performance.now() });
  }

  /** The phases with their times in ms, one per line, and the total. */
  table(): string {
    const end = performance.now();
    const took = this.phases.map(({ name, from }, i) => ({ name, ms: (this.phases[i + 1]?.from ?? end) - from }));
    const lines = [...took, { name: 'in all', ms: end }].map(
      ({ name, ms }) => `  ${name.padEnd(14)}${ms.toFixed(0).padStart(7)}\n`,
    );
    return `phases, ms\n${lines.join('')}`;
  }
}
