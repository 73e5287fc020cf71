import { assembled, invites } from './small-recording';

test('up to 1000 invitations are one history, more are parts of 200', () => {
  const calls = (count: number): object[] =>
    Array.from({ length: count }, (_, i) => invites(`call-${i}`, `operation-${i}`, { at: i }));
  expect(assembled([calls(1000)]).histories.map(({ header }) => header.plan.length)).toEqual([1000]);
  expect(assembled([calls(1001)]).histories.map(({ header }) => header.plan.length)).toEqual([
    200, 200, 200, 200, 200, 1,
  ]);
});
