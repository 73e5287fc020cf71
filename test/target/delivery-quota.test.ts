import { DeliveryQuota } from '../../target/delivery-quota';

const MEBIBYTE = 1024 * 1024;

test('one call may keep a quarter of the quota', () => {
  const quota = new DeliveryQuota();
  expect(quota.grow('a', 4 * MEBIBYTE)).toBe(true);
  expect(quota.grow('a', 1)).toBe(false);
  expect(['b', 'c', 'd'].map((key) => quota.grow(key, 4 * MEBIBYTE))).toEqual([true, true, true]);
  expect(quota.grow('e', 1)).toBe(false);
});

test('a load run frees the space of an ended call, and keeps no later deliveries to it', () => {
  const quota = new DeliveryQuota(1000);
  for (const key of ['a', 'b', 'c', 'd']) {
    expect(quota.grow(key, 4 * MEBIBYTE)).toBe(true);
    quota.record(key, 4 * MEBIBYTE);
  }
  expect(quota.grow('e', 1)).toBe(false);
  quota.endCall('a');
  quota.endCall('a');
  expect(quota.grow('e', 4 * MEBIBYTE)).toBe(true);
  expect(quota.grow('f', 1)).toBe(false);
  quota.endCall('b');
  for (let i = 0; i < 10; i += 1) {
    expect(quota.grow('b', 4 * MEBIBYTE)).toBe(true);
    quota.record('b', 4 * MEBIBYTE);
  }
});

test('deliveries of a load run to no call may use the whole quota until they are recorded', () => {
  const quota = new DeliveryQuota(1000);
  for (let i = 0; i < 3; i += 1) {
    expect(quota.grow('', 16 * MEBIBYTE)).toBe(true);
    expect(quota.grow('', 1)).toBe(false);
    quota.record('', 16 * MEBIBYTE);
  }
});
