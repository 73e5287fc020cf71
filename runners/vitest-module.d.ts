/** The part of Vitest's API that is used; Vitest is an optional peer, and its own types are not needed to build. */
declare module 'vitest' {
  interface Context {
    skip(note?: string): void;
  }
  export const describe: (title: string, body: () => void) => void;
  export const test: ((title: string, body: (context: Context) => Promise<void>, timeout?: number) => void) & {
    skip: (title: string) => void;
  };
  export const beforeAll: (body: () => Promise<void>, timeout?: number) => void;
  export const afterAll: (body: () => Promise<void>, timeout?: number) => void;
  export const vi: { isFakeTimers(): boolean; useRealTimers(): void; useFakeTimers(): void };
}
