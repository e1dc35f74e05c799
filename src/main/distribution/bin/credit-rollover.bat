@echo off
rem Starts credit-rollover with the JVM options that fit the command. README.txt describes JAVA_HOME and JAVA_OPTS.
setlocal
set "APP=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

set "VERSION="
for /f "tokens=2 delims== " %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do set "VERSION=%%v"
if not defined VERSION (
  echo credit-rollover: There is no java. Install a JRE or JDK 17 or later, or set JAVA_HOME to one. 1>&2
  exit /b 78
)
if "%VERSION:~0,2%"=="1." set "VERSION=%VERSION:~2%"
if %VERSION% LSS 17 (
  echo credit-rollover: This is Java %VERSION%, and 17 or later is needed. Set JAVA_HOME to one. 1>&2
  exit /b 78
)

set "OPTIONS=-XX:TieredStopAtLevel=1"
echo "%JAVA_OPTS% %JDK_JAVA_OPTIONS% %JAVA_TOOL_OPTIONS%" | findstr /r /c:"-XX:+Use.*GC" >nul || set "OPTIONS=%OPTIONS% -XX:+UseSerialGC"
if "%~1"=="serve" set "OPTIONS=-XX:+ExitOnOutOfMemoryError"
set "CONF=optional:file:%APP:\=/%/conf/"
if defined SPRING_CONFIG_ADDITIONAL_LOCATION set "CONF=%CONF%,%SPRING_CONFIG_ADDITIONAL_LOCATION%"

"%JAVA%" %OPTIONS% -XX:+DisplayVMOutputToStderr "-Dspring.config.additional-location=%CONF%" %JAVA_OPTS% -jar "%APP%\app\credit-rollover.jar" %*
exit /b %ERRORLEVEL%
