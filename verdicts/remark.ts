/** Something worth knowing that decides nothing about a behaviour, as data. */
export type Remark =
  /** What was noted while the run was recorded, as it stands in the history. */
  (
    | { code: 'recorded'; text: string }
    /** A waiver that has expired, is stale, or ends soon. */
    | { code: 'waiverExpired' | 'waiverStale' | 'waiverEnds'; behavior: string; owner: string; expires: string }
  ) & {
    /** Of a merged result: the name of the result that it comes from. */
    of?: string;
  };

/** What was noted while a run was recorded. */
export function recorded(text: string): Remark {
  return { code: 'recorded', text };
}
