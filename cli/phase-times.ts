import { performance } from 'node:perf_hooks';

/** Tells the phases of a command apart by their times; they follow each other without a gap. */
export class PhaseTimes {
  private readonly phases: { name: string; from: number }[] = [{ name: 'start', from: 0 }];

  /** Begins a phase, and thereby ends the one before. The first, `start`, began with the process. */
  begin(name: string): void {
    this.phases.push({ name, from: performance.now() });
  }

  /** The phases and their times in ms, a line each, and the time in all. */
  table(): string {
    const end = performance.now();
    const took = this.phases.map(({ name, from }, i) => ({ name, ms: (this.phases[i + 1]?.from ?? end) - from }));
    const lines = [...took, { name: 'in all', ms: end }].map(
      ({ name, ms }) => `  ${name.padEnd(14)}${ms.toFixed(0).padStart(7)}\n`,
    );
    return `phases, ms\n${lines.join('')}`;
  }
}
