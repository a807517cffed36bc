// A worker with the workbook's own kernel, without JupyterLab around it: it boots once and then runs many notebooks.
// browser_kernel.py calls it with the address of the workbook; window.runPython then runs Python in the worker.
async ({ lite, packages, seconds }) => {
  const code = `
    importScripts("${lite}static/pyodide/pyodide.js");
    const booted = self.loadPyodide({ indexURL: "${lite}static/pyodide/", packages: ${JSON.stringify(packages)} });
    self.onmessage = async ({ data }) => {
      try {
        self.postMessage({ id: data.id, result: await (await booted).runPythonAsync(data.python) });
      } catch (error) {
        self.postMessage({ id: data.id, error: String(error) });
      }
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const waiting = new Map();
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    data.error ? reject(new Error(data.error)) : resolve(data.result);
  };
  window.runPython = (python) =>
    new Promise((resolve, reject) => {
      const id = Math.random();
      waiting.set(id, { resolve, reject });
      setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), seconds * 1000);
      worker.postMessage({ id, python });
    });
}
