module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/contracts/consumer'],
  testMatch: ['**/*.test.ts', '**/*.pact.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // `npm run unit` also gives its workers a larger young generation, because tests create many short-lived objects.
  setupFiles: ['<rootDir>/test/support/tier-up.cjs'],
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
  // Looking up a global is slow in the separate context of a test file; Jest passes these to each module as parameters instead.
  sandboxInjectedGlobals: ['Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String'],
  // More than the cores, because many tests mostly wait.
  maxWorkers: 4,
  testTimeout: 30000,
};
