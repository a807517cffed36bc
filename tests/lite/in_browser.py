"""Runs in the browser: executes cells with JupyterLite's own kernel and collects what they put out."""

import json

from pyodide_kernel import ipython_shell, kernel_instance, stderr_stream, stdout_stream


async def run_cells(sources):
    """Run the cells in a fresh namespace; return JSON with one list of outputs (as notebooks store them) per cell."""
    ipython_shell.reset(new_session=True)
    kernel_instance._parent_header = {}
    ipython_shell.send_comm = lambda *arguments: None  # widgets are made, and nobody looks at them
    cells = []

    def put(**output):
        cells[-1].append(output)

    def stream(name, text):
        put(output_type="stream", name=name, text=text)

    def plain(value):
        return json.loads(json.dumps(value, default=str))

    stdout_stream.publish_stream_callback = stderr_stream.publish_stream_callback = stream
    ipython_shell.display_pub.clear_output_callback = lambda *arguments: None
    ipython_shell.display_pub.display_data_callback = ipython_shell.display_pub.update_display_data_callback = (
        lambda data, metadata, transient: put(output_type="display_data", data=plain(data), metadata=plain(metadata))
    )
    ipython_shell.displayhook.publish_execution_result = lambda count, data, metadata: put(
        output_type="execute_result", data=plain(data), metadata=plain(metadata)
    )
    for source in sources:
        cells.append([])
        result = await kernel_instance.run(source)
        if result["status"] == "error":
            put(
                output_type="error", ename=result["ename"], evalue=result["evalue"], traceback=list(result["traceback"])
            )
    return json.dumps(cells)
