namespace Sluice.Cli.Chat;

/// <summary>Something that can be said to a conversation itself.</summary>
/// <param name="Name">Its name, without the slash.</param>
/// <param name="Argument">What can stand behind it; empty: nothing.</param>
/// <param name="Does">What it does or shows, in a few words.</param>
/// <param name="Run">Does it; what stands behind the name is passed on, empty where nothing does.</param>
internal sealed record SlashCommand(string Name, string Argument, string Does, Func<string, CancellationToken, Task> Run);
