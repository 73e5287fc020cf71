/**
 * Behaviours that come from some sentences of a line with several, counted from 1. All other behaviours come from all
 * sentences of their lines.
 */
export const SENTENCES: Readonly<Record<string, readonly number[]>> = {
  'multiple.five-accepted': [2],
  'multiple.six-refused': [2],
  'multiple.chat-info-required': [1],
};
