const { roots: _roots, testMatch: _testMatch, ...shared } = require('./jest.config.cjs');

module.exports = { ...shared, roots: ['<rootDir>/runners/suites'], testMatch: ['**/*.suite.ts'] };
