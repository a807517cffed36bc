// JupyterLite's kernel loads this in place of Pyodide's own pyodide.js. It fetches Pyodide from where wheels.json says,
// another address or a folder beside this file, and adds the course's wheels to Pyodide's list of packages: so an import
// finds them, and no notebook has to install anything.
self.loadPyodide = async (options) => {
  const here = options.indexURL;
  const json = async (address) => (await fetch(address)).json();
  const { source, packages } = await json(`${here}wheels.json`);
  const pyodide = new URL(source, here).href;
  const lock = await json(`${pyodide}pyodide-lock.json`);
  for (const [name, wheel] of Object.entries(packages)) {
    lock.packages[name] = { ...wheel, file_name: new URL(wheel.file_name, here).href };
  }
  const lockFileURL = URL.createObjectURL(new Blob([JSON.stringify(lock)], { type: "application/json" }));
  importScripts(`${pyodide}pyodide.js`); // defines loadPyodide anew
  return self.loadPyodide({ ...options, indexURL: pyodide, lockFileURL });
};
