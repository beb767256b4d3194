// The page with a toy run behind it: npm run build && npm run dev
import { startServer } from "./server.mjs";
const { url } = await startServer({ port: Number(process.env.PORT ?? 0) });
console.log(url);
