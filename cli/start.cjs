#!/usr/bin/env node
'use strict';
// The entry point of the command. Its syntax is readable for every Node, because an old one would otherwise fail with a
// syntax error in another file.
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
