export { printable as plain } from '../history/printable';
