/**
 * Behaviours whose line of the page holds several sentences, and which of them, counted from 1, they come from. A behaviour
 * that is not named here comes from all that its lines hold.
 */
export const SENTENCES: Readonly<Record<string, readonly number[]>> = {
  'multiple.five-accepted': [2],
  'multiple.six-refused': [2],
  'multiple.chat-info-required': [1],
};
