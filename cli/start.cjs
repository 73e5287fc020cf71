#!/usr/bin/env node
'use strict';
// What the command's name leads to. It is written so that any Node can read it: an older one would else end with a syntax
// error somewhere in the rest.
const MAIN = './main.js';
const LEAST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  process.stderr.write(
    `invite-conformance needs Node ${LEAST.join('.')} or later; this is Node ${process.versions.node}\n`,
  );
  process.exit(2);
} else {
  module.exports = require(MAIN);
}
