// Runs the Jest tests in Mocha, which loads the modules once for all mutants; Jest would load them again for each mutant.
const { readdirSync } = require('node:fs');
const { join, relative } = require('node:path');
const { transformSync } = require('@swc/core');
const { expect } = require('expect');
const { configureGlobal } = require('fast-check');
const { bind } = require('jest-each');
const { addHook } = require('pirates');
const jestConfig = require('../../jest.config.cjs');

const [, swcOptions] = jestConfig.transform['^.+\\.ts$'];

/** The longest name of a test, in characters. */
const LONGEST_NAME = 1000;

/**
 * Declares the tests of some folders and files of `test/`, without property tests: their inputs, and so the score, differ from run to run.
 * @param {readonly string[]} places
 * @param {RegExp} leftOut files to omit
 */
module.exports.testsOf = (places, leftOut = /\.property\./) => {
  addHook((code, filename) => transformSync(code, { ...swcOptions, filename, sourceMaps: false }).code, {
    exts: ['.ts'],
  });
  // Tests with random values use the same values each time.
  configureGlobal({ seed: 1 });
  const { describe: declareSuite, it: declareTest, before, after } = globalThis;
  const describe = (name, declare) => declareSuite(name, () => void declare());
  const test = (name, run) => {
    // Stryker selects tests by a pattern of their names; if that is too long, it runs none, and counts the mutant as ignored.
    if (name.length > LONGEST_NAME) throw new Error(`the name of a test is too long: ${name.slice(0, 80)}…`);
    declareTest(name, run);
  };
  describe.each = bind(describe, false);
  test.each = bind(test, false);
  Object.assign(globalThis, { describe, test, it: test, expect, beforeAll: before, afterAll: after });
  const isTest = (name) => name.endsWith('.test.ts') && !leftOut.test(name);
  for (const place of places) {
    const path = join(__dirname, '..', place);
    const files = isTest(place)
      ? [path]
      : readdirSync(path)
          .filter(isTest)
          .map((name) => join(path, name));
    for (const file of files) describe(relative(join(__dirname, '..'), file), () => void require(file));
  }
};
