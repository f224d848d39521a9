using System.Text.Json;
using Sluice.Sqlite.Search;

namespace Sluice.Data.Tests;

/// <summary>A real runtime with one agent that has the toolkit, over an environment of fakes.</summary>
internal sealed class CatalogDesk : IAsyncDisposable
{
    private readonly OpenDataEnvironment _data;
    private readonly SluiceRuntime _runtime;

    /// <summary>Over an open environment, which goes with the desk.</summary>
    public CatalogDesk(OpenDataEnvironment data, ToolkitSpec? toolkit = null)
    {
        _data = data;
        _runtime = SluiceRuntime.Create(Spec(toolkit), new() { Interpreter = Interpreter.Scripted, DataEnvironment = data });
    }

    public static DataScope Scope { get; } = new("acme");

    public OpenDataEnvironment Data => _data;

    public SluiceRuntime Runtime => _runtime;

    public static async Task<CatalogDesk> OpenAsync(
        ITargetDatabase? database = null, IReadOnlyList<CatalogEntry>? entries = null, ToolkitSpec? toolkit = null, TimeProvider? time = null)
    {
        var provider = new ScriptedDataProvider("sqlite")
        {
            TargetDatabase = database ?? Shop.Database(),
            SearchIndex = path => Task.FromResult<ISearchIndex>(SqliteSearchIndex.Open(path)),
        };
        var environment = new DataEnvironment
        {
            TenantId = "acme",
            TargetDatabase = new() { Url = "sqlite:shop.db" },
            Catalog = entries is null ? null : new() { Entries = entries },
        };
        return new(await environment.OpenAsync([provider], new() { TimeProvider = time ?? TimeProvider.System }), toolkit);
    }

    /// <summary>A desk over an environment, which it owns then.</summary>
    public static CatalogDesk Over(OpenDataEnvironment data, ToolkitSpec? toolkit = null) =>
        new(data, toolkit);

    public static RuntimeSpec Spec(ToolkitSpec? toolkit = null) => Define.Runtime(
        Define.Tenant("acme", "v1"), [Define.Specialist("analyst", "model", "You look.", toolkits: ["catalog", "references"])],
        toolkits: toolkit is null ? null : [toolkit]);

    /// <summary>Calls a tool and returns what the model gets.</summary>
    public async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        await foreach (var e in _runtime.QueryAsync(Script.Of(Script.Call(tool, arguments)).ToString()))
        {
            if (e is not ToolInvocationEvent { State: InvocationState.Result } invocation) continue;
            return invocation.Error is { } error ? JsonSerializer.SerializeToElement(new { error = new { code = error.Code, message = error.Message } }) : invocation.Result!.Value;
        }

        throw new InvalidOperationException("The run ended without a result of the tool.");
    }

    /// <summary>Calls a tool that fails, and returns code and message.</summary>
    public async Task<(string Code, string Message)> FailAsync(string tool, object arguments)
    {
        var error = (await CallAsync(tool, arguments)).GetProperty("error");
        return (error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        await _data.DisposeAsync();
    }
}
