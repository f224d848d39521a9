using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sluice;

/// <summary>Adds a runtime to a host.</summary>
public static class SluiceServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SluiceRuntime"/> as a singleton, also found as <see cref="IAgentRuntime"/>. It is created when the host starts, so that problems are found then.</summary>
    /// <param name="services">The host's services; tools and handlers get them.</param>
    /// <param name="spec">What to run.</param>
    /// <param name="configure">How to run it. Services, logging and the clock are taken from the host where this does not set them.</param>
    public static IServiceCollection AddSluice(
        this IServiceCollection services, RuntimeSpec spec, Action<RuntimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(spec);
        services.TryAddSingleton(provider => Create(provider, spec, configure));
        services.TryAddSingleton<IAgentRuntime>(provider => provider.GetRequiredService<SluiceRuntime>());
        services.AddHostedService<SluiceHostedService>();
        return services;
    }

    private static SluiceRuntime Create(IServiceProvider provider, RuntimeSpec spec, Action<RuntimeOptions>? configure)
    {
        var options = new RuntimeOptions { Services = provider };
        if (provider.GetService<ILoggerFactory>() is { } loggers) options.LoggerFactory = loggers;
        if (provider.GetService<TimeProvider>() is { } time) options.TimeProvider = time;
        configure?.Invoke(options);
        return SluiceRuntime.Create(spec, options);
    }

    /// <summary>Creates the runtime with the host; the container disposes it.</summary>
    private sealed class SluiceHostedService(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<SluiceRuntime>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
