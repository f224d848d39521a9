using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Output;
using Sluice.Cli.Spec;
using Sluice.Storage;

namespace Sluice.Cli.Run;

/// <summary>The options that say which agents run, and who answers for them.</summary>
internal sealed class AgentOptions
{
    private readonly AgentPlace _place = new();
    private readonly DataSourceOptions _data;

    private readonly Option<string?> _interpreter = new("--interpreter")
    {
        Description = "Who answers in the model's place. Default: live models for --spec, whoever the app says for --app.",
        HelpName = RunInterpreter.Forms,
    };

    public AgentOptions(DataSourceOptions data) => _data = data;

    /// <summary>Who answers whatever the command line says; null, the default: there is an option for it.</summary>
    public Interpreter? FixedInterpreter { get; init; }

    public IEnumerable<Option> All => FixedInterpreter is null ? [.. _place.All, _interpreter] : _place.All;

    /// <summary>Whether the command line names agents.</summary>
    /// <exception cref="WrongUseException">It names them twice.</exception>
    public bool AreGiven(Invocation invocation) => _place.App(invocation) is not null || _place.Spec(invocation) is not null;

    /// <summary>Opens the agents.</summary>
    /// <param name="invocation">What the command line says.</param>
    /// <param name="agent">The agent that must be among them; null: any.</param>
    /// <param name="openStorage">Opens the store of runs, after all that can be checked without it.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="WrongUseException">The options name none, or two, or another tenant or agent than theirs.</exception>
    /// <exception cref="SpecValidationException">The spec is invalid, or lacks what only code can give.</exception>
    /// <exception cref="SluiceException">The app or its data cannot be opened.</exception>
    public async Task<OpenAgents> OpenAsync(Invocation invocation, string? agent, Func<IRuntimeStorage> openStorage, CancellationToken cancellationToken)
    {
        var parts = new List<IAsyncDisposable>();
        try
        {
            return _place.App(invocation) is { } app
                ? await OpenAppAsync(invocation, app, agent, openStorage, parts, cancellationToken)
                : await OpenSpecAsync(invocation, _place.RequireSpec(invocation), agent, openStorage, parts, cancellationToken);
        }
        catch
        {
            foreach (var part in Enumerable.Reverse(parts)) await part.DisposeAsync();
            throw;
        }
    }

    private async Task<OpenAgents> OpenAppAsync(
        Invocation invocation, string app, string? agent, Func<IRuntimeStorage> openStorage, List<IAsyncDisposable> parts, CancellationToken cancellationToken)
    {
        if (_data.AreGiven(invocation)) throw new WrongUseException("An app brings its own data.", "leave the options about data out, or run a --spec");
        var interpreter = ReadInterpreter(invocation);
        var loaded = await new AppLoader(invocation.Terminal).LoadAsync(app, cancellationToken);
        AgentPlace.CheckTenant(invocation, loaded.App.Spec);
        AgentPlace.CheckAgent(agent, loaded.App.Spec);
        // A command is about one run: the others of the store are left to whoever serves the app.
        var request = new AppRequest { Interpreter = interpreter, Storage = Add(parts, openStorage()), Recovery = RunRecovery.None };
        var open = Add(parts, await loaded.App.OpenAsync(request, cancellationToken));
        return new(open.Runtime, parts) { Name = loaded.App.Name, Arguments = ["--app", app, .. InterpreterArguments(invocation)] };
    }

    private async Task<OpenAgents> OpenSpecAsync(
        Invocation invocation, string file, string? agent, Func<IRuntimeStorage> openStorage, List<IAsyncDisposable> parts, CancellationToken cancellationToken)
    {
        if (invocation.Get(_interpreter) == "app") throw new WrongUseException("--interpreter app is for --app: a spec says nothing of who answers.", "use live, or another one");
        var interpreter = ReadInterpreter(invocation) ?? Interpreter.Live;
        var spec = await SpecFile.ReadAsync(file, cancellationToken);
        AgentPlace.CheckTenant(invocation, spec);
        AgentPlace.CheckAgent(agent, spec);
        var options = new RuntimeOptions { Interpreter = interpreter, ModelProviders = [new OpenAIModelProvider()], Recovery = RunRecovery.None };
        var hasData = spec.Agents.Any(agent => agent.Toolkits.Contains(BuiltInTools.CatalogToolkit));
        if (!hasData && _data.AreGiven(invocation))
            throw new WrongUseException("The options about data are for agents with the toolkit 'catalog', and the spec has none.", "add \"toolkits\": [\"catalog\"] to an agent");
        if (hasData) options.DataEnvironment = Add(parts, await _data.OpenAsync(invocation, spec.Tenant.ResourceId, cancellationToken)).Environment;
        var servers = Add(parts, await McpServers.ConnectAsync(spec, cancellationToken: cancellationToken));
        foreach (var problem in servers.Problems) invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Not available: {problem}"));
        options.McpServers = servers;
        // What the spec still lacks, such as a key, is told before a store is made.
        await SluiceRuntime.Create(spec, options).DisposeAsync();
        options.Storage = Add(parts, openStorage());
        return new(SluiceRuntime.Create(spec, options), parts) { Arguments = ["--spec", file, .. InterpreterArguments(invocation), .. hasData ? _data.Arguments(invocation) : []] };
    }

    private Interpreter? ReadInterpreter(Invocation invocation) => invocation.Get(_interpreter) is { } given ? RunInterpreter.Read(given) : FixedInterpreter;

    private string[] InterpreterArguments(Invocation invocation) => invocation.Get(_interpreter) is { } given ? [_interpreter.Name, given] : [];

    private static T Add<T>(List<IAsyncDisposable> parts, T part)
        where T : IAsyncDisposable
    {
        parts.Add(part);
        return part;
    }
}
