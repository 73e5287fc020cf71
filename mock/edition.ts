/** The editions of the documentation that the mock implements, the oldest first. */
export const MOCK_EDITIONS = ['2021-02-16', '2025-07-23'] as const;

/** An edition of the documentation, by its date. */
export type MockEdition = (typeof MOCK_EDITIONS)[number];

/** Whether `edition` is `first` or a later one. */
export function since(edition: MockEdition, first: MockEdition): boolean {
  return MOCK_EDITIONS.indexOf(edition) >= MOCK_EDITIONS.indexOf(first);
}
