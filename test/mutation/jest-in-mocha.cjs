// Runs tests that are written for Jest in Mocha. Mocha loads the modules once and tries mutant after mutant on them, where Jest
// would load them anew for each: a mutant takes milliseconds, not a second.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');
const { expect } = require('expect');
const { configureGlobal } = require('fast-check');
const { bind } = require('jest-each');
const { addHook } = require('pirates');
const jestConfig = require('../../jest.config.cjs');

const [, swcOptions] = jestConfig.transform['^.+\\.ts$'];

/**
 * Declares the tests of some folders of `test/`. Property tests are left out: what they try differs from run to run, and so
 * would the score.
 * @param {readonly string[]} folders
 * @param {RegExp} leftOut files that are left out as well
 */
module.exports.testsOf = (folders, leftOut = /\.property\./) => {
  addHook((code, filename) => transformSync(code, { ...swcOptions, filename, sourceMaps: false }).code, {
    exts: ['.ts'],
  });
  // Tests that draw values draw the same each time.
  configureGlobal({ seed: 1 });
  const { describe: declareSuite, it: declareTest, before, after } = globalThis;
  const describe = (name, declare) => declareSuite(name, () => void declare());
  const test = (name, run) => declareTest(name, run);
  describe.each = bind(describe, false);
  test.each = bind(test, false);
  Object.assign(globalThis, { describe, test, it: test, expect, beforeAll: before, afterAll: after });
  for (const folder of folders) {
    const path = join(__dirname, '..', folder);
    const files = readdirSync(path).filter((name) => name.endsWith('.test.ts') && !leftOut.test(name));
    for (const name of files) describe(`${folder}/${name}`, () => void require(join(path, name)));
  }
};
