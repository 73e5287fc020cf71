// Generated from comms-operation.schema.json by `npm run generate`. Do not edit.
import type { ResultInfo } from './result-info';

/**
 * An operation of the cloud communications API that continues after its response.
 */
export interface CommsOperation {
  /**
   * The OData type of the operation. Only its JSON type is judged here.
   */
  '@odata.type'?: string | null;
  /**
   * The id of the operation; the Location header and the notifications refer to it.
   */
  id: string;
  /**
   * The status of the operation. Case does not matter.
   */
  status?: string | null;
  /**
   * The string that the inviter sent, for matching notifications with requests.
   */
  clientContext?: string | null;
  /**
   * Why the operation ended. Null while it is running.
   */
  resultInfo?: ResultInfo | null;
}
