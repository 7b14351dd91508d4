@echo off
rem dev.bat run ^| test ^| check ^| freeze ^| bench ^| doctor ^| stop: finds Python 3.11, then hands over to .ci\dev.py
cd /d "%~dp0"
set PYCMD=
for %%P in (py.exe) do if not "%%~$PATH:P"=="" set PYCMD=py -3.11
if not defined PYCMD for %%P in (python.exe) do if not "%%~$PATH:P"=="" set PYCMD=python
if not defined PYCMD (
  echo dev: Python 3.11 is needed:  winget install Python.Python.3.11
  exit /b 3
)
%PYCMD% .ci\dev.py %*
exit /b %errorlevel%
