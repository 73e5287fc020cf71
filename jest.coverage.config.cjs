const shared = require('./jest.config.cjs');

const FOLDERS = ['behaviors', 'common', 'config', 'history', 'reporters', 'schemas', 'verdicts'];

// `npm run coverage`: what the fast tests of the code that reads, judges and reports reach. Code that runs in a process or on a
// server that a test starts does not count.
module.exports = {
  ...shared,
  // With the folders themselves, files that no test loads count too.
  roots: ['test', ...FOLDERS].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['<rootDir>/test/(behaviors|common|config|history|recorded|reporters|schemas|verdicts)/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    String.raw`\.property\.|/(golden|generated|hostile|another-tool|through-a-proxy)\.`,
  ],
  collectCoverage: true,
  // Takes half the time of `babel`.
  coverageProvider: 'v8',
  coverageDirectory: '.invite-conformance/coverage',
  collectCoverageFrom: [
    ...FOLDERS.map((folder) => `${folder}/**/*.ts`),
    '!schemas/generated/**',
    '!reporters/html/client/**',
  ],
  coverageReporters: ['json', ['text', { skipFull: true }]],
  // Raise them when tests are added; never lower them. A file with types only counts as one function that nothing reaches.
  coverageThreshold: {
    './behaviors/': { functions: 99, branches: 96 },
    './common/': { functions: 90, branches: 85 },
    './config/': { functions: 93, branches: 87 },
    './history/': { functions: 96, branches: 94 },
    './reporters/': { functions: 92, branches: 86 },
    './schemas/': { functions: 94, branches: 92 },
    './verdicts/': { functions: 99, branches: 97 },
  },
};
