namespace Sluice;

public static partial class Define
{
    /// <summary>An app whose runtime is made as the app says, whoever starts it.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime.</param>
    /// <remarks>Opening it with another interpreter or storage is refused (<c>not_available</c>), since <paramref name="create"/> could not take note of them.</remarks>
    public static App App(string name, RuntimeSpec spec, Func<AgentRuntime> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return App(name, spec, (request, _) => request == new AppRequest()
            ? Task.FromResult(new OpenApp(create()))
            : throw new SluiceException(
                ErrorCodes.NotAvailable,
                $"The app '{name}' chooses its interpreter and storage itself. Define it with a function that takes the AppRequest to let others choose."));
    }

    /// <summary>An app whose runtime takes note of what whoever starts it wants.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="create">Makes the runtime; see <see cref="AppRequest.Apply"/>.</param>
    public static App App(string name, RuntimeSpec spec, Func<AppRequest, AgentRuntime> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return App(name, spec, (request, _) => Task.FromResult(new OpenApp(create(request))));
    }

    /// <summary>An app that opens more than a runtime: databases, folders, data for each sample of an eval.</summary>
    /// <param name="name">What it is called. Non-blank.</param>
    /// <param name="spec">Its agents, tools and plans.</param>
    /// <param name="open">Opens it.</param>
    public static App App(string name, RuntimeSpec spec, Func<AppRequest, CancellationToken, Task<OpenApp>> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(open);
        return new(name, spec, open);
    }
}
