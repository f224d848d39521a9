namespace Sluice.Cli.Apps;

/// <summary>An app that was found and made, and the assembly that it came from.</summary>
internal sealed record LoadedApp(App App, string AssemblyPath);
