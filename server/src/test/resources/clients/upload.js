// Uploads as Node's http module does: a line in for each request, a line out for each answer.
const http = require("http");
const readline = require("readline");

function upload(method, url, key, size, chunked) {
  return new Promise((resolve) => {
    const headers = { Authorization: "Bearer " + key };
    if (chunked !== "true") headers["Content-Length"] = size;
    const request = http.request(url, { method, headers, timeout: 20000 }, (answer) => {
      let length = 0;
      answer.on("data", (data) => (length += data.length));
      answer.on("end", () => resolve(`${answer.statusCode} ${length}`));
      answer.on("error", (error) => resolve(`FAILED ${error.message}`));
    });
    request.on("error", (error) => resolve(`FAILED ${error.message}`));
    const piece = Buffer.alloc(65536, "a");
    for (let left = Number(size); left > 0; left -= piece.length) {
      request.write(left < piece.length ? piece.subarray(0, left) : piece);
    }
    request.end();
  });
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await upload(...line.split(" ")));
  }
})();
