namespace Sluice.Cli.Serve;

/// <summary>Where Studio listens, for programs that start it.</summary>
/// <param name="App">What the app is called.</param>
/// <param name="Address">Where it listens, such as <c>http://127.0.0.1:4111</c>.</param>
internal sealed record ServedStudio(string App, string Address);
