using System.Text.Json;
using Inventory.Data;
using Sluice.Data;
using Sluice.Storage;

namespace Inventory;

/// <summary>
/// What each sample of an eval runs on: the retail database, which nobody changes, an operational database of its own, and storage of its own.
/// Where the case's context has a <c>plan</c>, a script of the planner, that plan is stored before the sample begins, whoever answers then.
/// </summary>
internal sealed class SampleData(RetailDatabase retail, Policies policies, OpenDataEnvironment environment, AppRequest request) : IDisposable
{
    private const string Plan = "plan";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inventory-evals-");
    private readonly Lock _gate = new();
    private Task<OperationsDatabase>? _unchanged;
    private int _opened;

    /// <summary>Opens what one sample runs on.</summary>
    /// <exception cref="SluiceException">The plan of the case could not be stored.</exception>
    public async Task<EvalSubject> OpenAsync(TestCase testCase, EvalSample sample, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _opened)}.db");
        File.Copy((await UnchangedAsync()).DatabasePath, file);
        var operations = await OperationsDatabase.OpenOrCreateAsync(file, retail, cancellationToken: cancellationToken);
        var storage = request.Storage ?? MemoryStorage.Create();
        if (testCase.Context is { ValueKind: JsonValueKind.Object } context && context.TryGetProperty(Plan, out var plan))
            await StorePlanAsync(testCase, plan.GetRawText(), operations, storage, cancellationToken);
        var runtime = Create(operations, storage, request.Interpreter ?? Interpreter.Scripted);
        return new(runtime, async () =>
        {
            await runtime.DisposeAsync();
            File.Delete(file);
        });
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The operational database that samples are copied from: that of a shop where nothing was done yet.</summary>
    private Task<OperationsDatabase> UnchangedAsync()
    {
        lock (_gate) return _unchanged ??= OperationsDatabase.OpenOrCreateAsync(Path.Combine(_folder.FullName, "unchanged.db"), retail);
    }

    private async Task StorePlanAsync(
        TestCase testCase, string script, OperationsDatabase operations, IRuntimeStorage storage, CancellationToken cancellationToken)
    {
        await using var runtime = Create(operations, storage, Interpreter.Scripted);
        await foreach (var e in runtime.RunAsync(new() { Agent = Agents.Planner, Prompt = script }, cancellationToken))
        {
            if (e is ErrorEvent error) throw Unstored(error.Error.Message);
            if (e is ToolInvocationEvent { Error: { } refused }) throw Unstored(refused.Message);
        }

        SluiceException Unstored(string why) => new(ErrorCodes.InvalidEval, $"The plan in the context of case '{testCase.Id}' could not be stored: {why}");
    }

    private SluiceRuntime Create(OperationsDatabase operations, IRuntimeStorage storage, Interpreter interpreter)
    {
        var options = RetailRuntime.Options(retail, operations, policies, environment);
        (options.Interpreter, options.Storage) = (interpreter, storage);
        return SluiceRuntime.Create(RetailApp.App.Spec, options);
    }
}
