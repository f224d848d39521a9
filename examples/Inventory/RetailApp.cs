using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>The agents of the main job as tools open them, such as <c>sluice eval run</c>.</summary>
public static class RetailApp
{
    /// <summary>The app. Without a wish of whoever opens it, a script answers.</summary>
    [SluiceApp]
    public static App App { get; } = Of(DefaultFolder.Of("inventory"));

    /// <summary>The app on the databases of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="interpreter">What answers where whoever opens the app does not say; null: a script.</param>
    internal static App Of(string folder, Interpreter? interpreter = null) => Define.App(
        "inventory", Agents.Spec(LiveModels.OfKeys()),
        (request, cancellationToken) => OpenAsync(folder, request with { Interpreter = request.Interpreter ?? interpreter }, cancellationToken),
        new Dictionary<string, object?> { ["prompts"] = PromptScripts.Offered });

    /// <summary>Opens the databases of a folder, which are made when they are missing, and a runtime on them.</summary>
    internal static async Task<OpenApp> OpenAsync(string folder, AppRequest request, CancellationToken cancellationToken)
    {
        var policies = new Policies(DefaultFolder.OfPolicies);
        var retail = await RetailDatabase.OpenOrBuildAsync(Path.Combine(folder, "retail.db"), cancellationToken: cancellationToken);
        var environment = await RetailEnvironment.OpenAsync(retail, cancellationToken);
        SqliteStorage? storage = null;
        SampleData? samples = null;
        try
        {
            await environment.LearnAsync(policies, Nobody(), cancellationToken);
            var operations = await OperationsDatabase.OpenOrCreateAsync(Path.Combine(folder, "operations.db"), retail, cancellationToken: cancellationToken);
            if (request.Storage is null) storage = SqliteStorage.Open(Path.Combine(folder, "runs.db"));
            samples = new(retail, policies, environment, request);
            var options = RetailRuntime.Options(retail, operations, policies, environment);
            (options.Interpreter, options.Storage) = (Interpreter.ScriptedFor(new PromptScripts(policies).Find), storage);
            return new(SluiceRuntime.Create(App.Spec, request.Apply(options)), ReleaseAsync) { EvalSubjects = samples.OpenAsync };
        }
        catch
        {
            await ReleaseAsync();
            throw;
        }

        async ValueTask ReleaseAsync()
        {
            samples?.Dispose();
            if (storage is not null) await storage.DisposeAsync();
            await environment.DisposeAsync();
        }
    }

    /// <summary>Standard output belongs to the tool.</summary>
    private static IAnsiConsole Nobody() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
}
