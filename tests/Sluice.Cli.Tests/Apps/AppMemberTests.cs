using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Tests.Apps;

public sealed class AppMemberTests
{
    private static readonly App Sample = Define.App(
        "sample", Define.Runtime(Define.Tenant("t", "1"), [Define.Specialist("solo", "m", "p")]), () => throw new InvalidOperationException());

    [Fact]
    public void Find_OfTheOnlyMarkedMember_GivesItsApp()
    {
        Find([typeof(Unmarked), typeof(Marked)]).Create().ShouldBeSameAs(Sample);
        Find([typeof(Unmarked)], "Unmarked.Property").Create().ShouldBeSameAs(Sample);
    }

    [Fact]
    public void Find_WithoutAMark_SaysHowToMarkOne()
    {
        var wrong = Should.Throw<WrongUseException>(() => Find([typeof(Unmarked)]));

        wrong.Message.ShouldBe("'app.dll' has no app.");
        wrong.Hint.ShouldContain("Mark it with [SluiceApp], or name it: --app app.dll:Type.Member.");
    }

    [Fact]
    public void Find_OfSeveralMarks_NamesThemAll()
    {
        var wrong = Should.Throw<WrongUseException>(() => Find([typeof(Marked), typeof(Throwing)]));

        wrong.Message.ShouldContain("has several apps: Sluice.Cli.Tests.Apps.AppMemberTests.Marked.App, Sluice.Cli.Tests.Apps.AppMemberTests.Throwing.App.");
        wrong.Hint.ShouldBe("Name one: --app app.dll:Sluice.Cli.Tests.Apps.AppMemberTests.Marked.App.");
    }

    [Theory]
    [InlineData(typeof(NotPublic))]
    [InlineData(typeof(WithParameter))]
    [InlineData(typeof(OfAnotherType))]
    public void Find_OfAMarkOnWhatIsNoApp_SaysWhatAnAppIs(Type type) =>
        Should.Throw<SluiceException>(() => Find([type])).Message.ShouldEndWith(
            $"{type.Name}.Create' has [SluiceApp] and is no app. An app is a public static method without parameters, or a public static property, that returns an App.");

    [Fact]
    public void Create_ByAMemberThatThrows_NamesItAndTheReason()
    {
        var error = Should.Throw<SluiceException>(() => Find([typeof(Throwing)]).Create());

        (error.Code, error.Message).ShouldBe((ErrorCodes.InvalidApp, "'Sluice.Cli.Tests.Apps.AppMemberTests.Throwing.App' fails with FormatException: No key."));
    }

    [Fact]
    public void Create_InATypeWhoseInitializerThrows_TellsThatReason() =>
        Should.Throw<SluiceException>(() => Find([typeof(Uninitialized)]).Create()).Message.ShouldEndWith("fails with FormatException: No key.");

    [Fact]
    public void Create_WithASpecThatIsInvalid_TellsItsProblems() =>
        Should.Throw<SpecValidationException>(() => Find([typeof(InvalidSpec)]).Create()).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Create_ThatGivesNull_SaysSo() =>
        Should.Throw<SluiceException>(() => Find([typeof(Nothing)]).Create()).Message.ShouldEndWith("Nothing.Create' gives no app but null.");

    private static AppMember Find(Type[] types, string? member = null) => AppMember.Find(types, new("app.dll", "/app.dll", member));

    private static class Marked
    {
        [SluiceApp]
        public static App App => Sample;
    }

    private static class Unmarked
    {
        public static App Property => Sample;
    }

    private static class Throwing
    {
        [SluiceApp]
        public static App App => throw new FormatException("No key.");
    }

    private static class Uninitialized
    {
        static Uninitialized() => throw new FormatException("No key.");

        [SluiceApp]
        public static App App => Sample;
    }

    private static class InvalidSpec
    {
        [SluiceApp]
        public static App Create()
        {
            var spec = Define.Runtime(Define.Tenant("t", "1"), [Define.Specialist("solo", "m", "p"), Define.Specialist("solo", "m", "p")]);
            spec.EnsureValid();
            return Define.App("invalid", spec, request => SluiceRuntime.Create(spec, request.Apply(new())));
        }
    }

    private static class Nothing
    {
        [SluiceApp]
        public static App Create() => null!;
    }

    private static class NotPublic
    {
        [SluiceApp]
        internal static App Create() => Sample;
    }

    private static class WithParameter
    {
        [SluiceApp]
        public static App Create(string name) => name.Length > 0 ? Sample : null!;
    }

    private static class OfAnotherType
    {
        [SluiceApp]
        public static RuntimeSpec Create() => Sample.Spec;
    }
}
