import { DeliveryQuota } from '../../target/delivery-quota';

const MEBIBYTE = 1024 * 1024;

test('of one call a quarter of all is kept', () => {
  const allowance = new DeliveryQuota();
  expect(allowance.grow('a', 4 * MEBIBYTE)).toBe(true);
  expect(allowance.grow('a', 1)).toBe(false);
  expect(['b', 'c', 'd'].map((key) => allowance.grow(key, 4 * MEBIBYTE))).toEqual([true, true, true]);
  expect(allowance.grow('e', 1)).toBe(false);
});

test('a load run makes room when a call is over, and keeps nothing that comes to it afterwards', () => {
  const allowance = new DeliveryQuota(1000);
  for (const key of ['a', 'b', 'c', 'd']) {
    expect(allowance.grow(key, 4 * MEBIBYTE)).toBe(true);
    allowance.record(key, 4 * MEBIBYTE);
  }
  expect(allowance.grow('e', 1)).toBe(false);
  allowance.endCall('a');
  allowance.endCall('a');
  expect(allowance.grow('e', 4 * MEBIBYTE)).toBe(true);
  expect(allowance.grow('f', 1)).toBe(false);
  allowance.endCall('b');
  for (let i = 0; i < 10; i += 1) {
    expect(allowance.grow('b', 4 * MEBIBYTE)).toBe(true);
    allowance.record('b', 4 * MEBIBYTE);
  }
});

test('what comes to no call of a load run has all the room while it comes, and none once it is recorded', () => {
  const allowance = new DeliveryQuota(1000);
  for (let i = 0; i < 3; i += 1) {
    expect(allowance.grow('', 16 * MEBIBYTE)).toBe(true);
    expect(allowance.grow('', 1)).toBe(false);
    allowance.record('', 16 * MEBIBYTE);
  }
});
