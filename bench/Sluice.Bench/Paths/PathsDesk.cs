using Sluice.Data;

namespace Sluice.Bench.Paths;

/// <summary>An agent that is told what to ask.</summary>
internal sealed class PathsDesk(OpenDataEnvironment data) : IAsyncDisposable
{
    private readonly SluiceRuntime _runtime = SluiceRuntime.Create(
        Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("analyst", "model", "You look.", toolkits: ["catalog"])],
            toolkits: [new() { Id = "catalog", Tools = ["get_relation_paths_between"] }]),
        new() { Interpreter = Interpreter.Scripted, DataEnvironment = data });

    /// <summary>One run with one question.</summary>
    public async Task AskAsync(string from, string to)
    {
        var script = Script.Of(Script.Call(
            "get_relation_paths_between", new { from = new { qualifiedName = from }, to = new { qualifiedName = to }, maxHops = 6, limit = 20 }));
        var answers = 0;
        await foreach (var e in _runtime.QueryAsync(script.ToString()))
        {
            if (e is ToolInvocationEvent { State: InvocationState.Result, Error: null }) answers++;
        }

        if (answers != 1) throw new InvalidOperationException("There was no answer.");
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();
}
